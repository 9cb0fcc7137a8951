import type { Dice } from './dice.ts'

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜']
const GIVEN = [...'明芳伟娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英建华文玉兰志新红梅海燕云龙雪琴晨宇欣然子涵雨']

/** A name of two or three characters, put together at random. */
export const madeUpName = (dice: Dice): string => dice.pick(SURNAMES) + dice.pick(GIVEN) + (dice.chance(0.6) ? dice.pick(GIVEN) : '')

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident ID with a right check digit of somebody born in 1900 to 1909, so that it cannot be a living person's. */
export function madeUpResidentId(dice: Dice): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const region = dice.pick(['110101', '310101', '440103', '510104', '330102', '420102'])
  const digits = `${region}190${dice.integer(0, 9)}${two(dice.integer(1, 12))}${two(dice.integer(1, 28))}${String(dice.integer(1, 999)).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return digits + '10X98765432'[sum % 11]
}

/** A mobile number of right form in the block 154-0000, which no operator has opened to the public. */
export const madeUpPhone = (dice: Dice): string => `1540000${String(dice.integer(0, 9999)).padStart(4, '0')}`

/** A card number with a right Luhn digit whose account part is nearly all zeros. */
export function madeUpCard(dice: Dice): string {
  const digits = `622000000000${String(dice.integer(0, 999)).padStart(3, '0')}`
  let sum = 0
  for (let i = digits.length - 1, twice = true; i >= 0; i--, twice = !twice) {
    const digit = Number(digits[i]) * (twice ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return digits + String((10 - (sum % 10)) % 10)
}
