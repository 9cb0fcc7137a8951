/** A legacy encoding of East Asian text and the characters by which real text in it is known. */
interface LegacyEncoding {
  readonly encoding: string
  readonly common: ReadonlySet<string>
}

/** Frequent in running text, and in the headers of tables, where running text's are rare. */
const SIMPLIFIED = `的一是不了在人有我他这中大来上个国和也子时道说得要就地出会可你对生能那下过里好自发开它后天家用年们成以为于而到着
作还之同没多又都事方看学起所无心公全电关现最进动将面样行定从已部工其高些间经两问明第想力手长理日分体相正本先内什把只头情被主身但给
美常真位此意表文见三法何点向新二使第十名性别龄编号日期称类型标签内容单价格数量金额状态备注描述题答案选项患者医院科室诊断温度湿度压力
设备产品客户订单地址城市省区县街路`

const TRADITIONAL = `的一是不了在人有我他這中大來上個國和也子時道說得要就地出會可你對生能那下過裡好自發開它後天家用年們成以為於而到著
作還之同沒多又都事方看學起所無心公全電關現最進動將面樣行定從已部工其高些間經兩問明第想力手長理日分體相正本先內什把只頭情被主身但給
美常真位此意表文見三法何點向新二使名性別齡編號期稱類型標籤內容單價格數量金額狀態備註描述題答案選項患者醫院科室診斷溫度濕度壓力設備產
品客戶訂單址城市省區縣街路灣`

const KANA = `のにはをたがでてとしれさあるいるもすかなこらりまきくっよせんうえおけそちつどへほみめやわアイウエオカキクケコサシスセソタチツテト
ナニノハヒフヘホマミムメモラリルレロワンーッャュョガグゴジズゼダデドバビブプポ日本年月人名前番号`

const HANGUL =
  '이다는에의가을를하고지도로은사기대한리나자어인시그아서있여보해일수정스라만주상으구전부성장제들과면게소원조비동유경공중시안문화'

const setOf = (text: string): ReadonlySet<string> => new Set(text.replace(/\s/g, ''))

export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = [
  { encoding: 'gb18030', common: setOf(SIMPLIFIED) },
  { encoding: 'big5', common: setOf(TRADITIONAL) },
  { encoding: 'shift_jis', common: setOf(KANA) },
  { encoding: 'euc-jp', common: setOf(KANA) },
  { encoding: 'euc-kr', common: setOf(HANGUL) },
]

/** Undecodable characters among the letters past which bytes are not in an encoding at all. */
const DAMAGE_SHARE = 0.02

/** Share of frequent characters among the letters past ASCII; 0 where the bytes are not in this encoding. */
export function commonCharacterShare(bytes: Uint8Array, encoding: string, common: ReadonlySet<string>): number {
  const text = new TextDecoder(encoding).decode(bytes)
  let letters = 0
  let frequent = 0
  let damaged = 0
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code < 0x80 || (code >= 0x2000 && code <= 0x303f) || (code >= 0xff00 && code < 0xfff0)) continue
    letters++
    if (code === 0xfffd) damaged++
    else if (common.has(character)) frequent++
  }
  if (letters === 0 || damaged > Math.max(1, DAMAGE_SHARE * letters)) return 0
  return frequent / letters
}
