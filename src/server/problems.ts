import { defineProblem } from '../base/problem/index.ts'

export const requestInvalid = defineProblem<{ at: string; field: string; found: string }>('server/request-invalid', {
  zh: (p) => `${p.at}：${p.field || '请求'} 不符合要求（${p.found}）。`,
  en: (p) => `${p.at}: ${p.field || 'the request'} is not as expected (${p.found}).`,
  advice: { zh: '按 /openapi.json 中该操作的说明改正。', en: 'Correct it by what /openapi.json says of this operation.' },
})

export const routeUnknown = defineProblem<{ at: string }>('server/route-not-found', {
  zh: (p) => `没有 ${p.at}。`,
  en: (p) => `There is no ${p.at}.`,
  advice: { zh: '全部操作见 /openapi.json。', en: 'See /openapi.json for all operations.' },
})

export const internalError = defineProblem<{ id: string }>('server/internal-error', {
  zh: (p) => `服务出错，编号 ${p.id}。`,
  en: (p) => `The server failed, number ${p.id}.`,
  advice: { zh: '请把编号告诉管理员：日志中有详情。', en: 'Tell the administrator the number: the log has the details.' },
})

export const originForeign = defineProblem<{ found: string }>('server/origin-forbidden', {
  zh: (p) => `请求来自另一个网站（${p.found}）。`,
  en: (p) => `The request comes from another site (${p.found}).`,
  advice: { zh: '程序请使用密钥（Authorization: Bearer）。', en: 'Programs use a key (Authorization: Bearer).' },
})

export const keyReused = defineProblem<{ found: string }>('server/idempotency-conflict', {
  zh: (p) => `Idempotency-Key ${p.found} 已用于另一个请求。`,
  en: (p) => `The Idempotency-Key ${p.found} was used for another request.`,
  advice: { zh: '每个新请求换一个键。', en: 'Use a new key for each new request.' },
})

export const jobNotFound = defineProblem<{ found: string }>('server/job-not-found', {
  zh: (p) => `没有任务 ${p.found}。`,
  en: (p) => `There is no job ${p.found}.`,
  advice: { zh: '在任务列表中核对。', en: 'See the list of jobs.' },
})

export const jobLost = defineProblem<{ attempts: number }>('server/job-lost', {
  zh: (p) => `执行任务的进程 ${p.attempts} 次中途消失。`,
  en: (p) => `The process that ran the job was lost ${p.attempts} times.`,
  advice: { zh: '查看内存与日志后重新提交：会从中断处继续。', en: 'See memory and log, then submit it again: it goes on where it was.' },
})

export const inputForbidden = defineProblem<{ found: string; expected: string }>('server/input-forbidden', {
  zh: (p) => `${p.found} 不在允许读取的文件夹之内（${p.expected}）。`,
  en: (p) => `${p.found} is not below a folder that may be read (${p.expected}).`,
  advice: { zh: '把原始文件放到那里，或以 --raw 启动服务。', en: 'Put the raw files there, or start the server with --raw.' },
})

export const addressTaken = defineProblem<{ at: string; found: string }>('server/address-taken', {
  zh: (p) => `无法在 ${p.at} 上监听（${p.found}）。`,
  en: (p) => `Cannot listen on ${p.at} (${p.found}).`,
  advice: { zh: '用 --port 或 PORT 换一个端口。', en: 'Choose another port by --port or PORT.' },
})
