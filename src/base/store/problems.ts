import { defineProblem, type Problem, ProblemError } from '../problem/index.ts'

export const locationInvalid = defineProblem<{ at: string; found: string }>('store/location-invalid', {
  zh: (p) => `${p.at}：“${p.found}”不是存储桶名。`,
  en: (p) => `${p.at}: "${p.found}" is not the name of a bucket.`,
  advice: { zh: '写成 s3://存储桶/前缀。', en: 'Write s3://bucket/prefix.' },
})

export const noCredentials = defineProblem<{ at: string }>('store/no-credentials', {
  zh: (p) => `${p.at}：没有访问对象存储的凭据。`,
  en: (p) => `${p.at}: there are no credentials for the object store.`,
  advice: {
    zh: '设置环境变量 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY（或 AWS_PROFILE）。',
    en: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or AWS_PROFILE) in the environment.',
  },
})

export const credentialsRefused = defineProblem<{ at: string; found: string }>('store/credentials-refused', {
  zh: (p) => `${p.at}：对象存储不接受所给凭据（${p.found}）。`,
  en: (p) => `${p.at}: the object store does not accept the credentials (${p.found}).`,
  advice: {
    zh: '核对 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 与 AWS_SESSION_TOKEN：是否拼写正确、已过期或属于另一服务（AWS_ENDPOINT_URL）。',
    en: 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: misspelt, expired, or of another service (AWS_ENDPOINT_URL)?',
  },
})

export const accessDenied = defineProblem<{ at: string; found: string }>('store/access-denied', {
  zh: (p) => `${p.at}：拒绝访问（${p.found}）。`,
  en: (p) => `${p.at}: access denied (${p.found}).`,
  advice: {
    zh: '读取需要 s3:ListBucket 与 s3:GetObject，写入还需要 s3:PutObject、s3:DeleteObject 与 s3:AbortMultipartUpload。',
    en: 'Reading takes s3:ListBucket and s3:GetObject; writing also s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload.',
  },
})

export const noBucket = defineProblem<{ at: string; found: string }>('store/no-bucket', {
  zh: (p) => `${p.at}：没有名为 ${p.found} 的存储桶。`,
  en: (p) => `${p.at}: there is no bucket named ${p.found}.`,
  advice: { zh: '核对名称与 AWS_ENDPOINT_URL，或先建立存储桶。', en: 'Check the name and AWS_ENDPOINT_URL, or make the bucket first.' },
})

export const wrongRegion = defineProblem<{ at: string; found: string; expected: string }>('store/wrong-region', {
  zh: (p) => `${p.at}：存储桶不在区域 ${p.found}，而在 ${p.expected}。`,
  en: (p) => `${p.at}: the bucket is not in region ${p.found} but in ${p.expected}.`,
  advice: {
    zh: '把 AWS_REGION 设为存储桶所在区域；兼容 S3 的其他服务则设置 AWS_ENDPOINT_URL。',
    en: "Set AWS_REGION to the bucket's region; for another S3-compatible service, set AWS_ENDPOINT_URL.",
  },
})

export const unreachable = defineProblem<{ at: string; found: string; attempts: number }>('store/unreachable', {
  zh: (p) => `${p.at}：对象存储没有应答（${p.found}，已试 ${p.attempts} 次）。`,
  en: (p) => `${p.at}: the object store does not answer (${p.found}, tried ${p.attempts} times).`,
  advice: {
    zh: '检查网络与 AWS_ENDPOINT_URL；恢复后重新运行同一命令，将从中断处继续。',
    en: 'Check the network and AWS_ENDPOINT_URL; run the same command again later: it goes on where it was.',
  },
})

export const storeRefused = defineProblem<{ at: string; found: string }>('store/refused', {
  zh: (p) => `${p.at}：对象存储拒绝了请求（${p.found}）。`,
  en: (p) => `${p.at}: the object store refused the request (${p.found}).`,
  advice: {
    zh: '见 docs/storage.md 中对服务的要求；键最长 1024 字节。',
    en: 'docs/storage.md says what a service must do; keys have at most 1,024 bytes.',
  },
})

export const objectArchived = defineProblem<{ at: string; found: string }>('store/archived', {
  zh: (p) => `${p.at}：对象已归档（${p.found}），无法直接读取。`,
  en: (p) => `${p.at}: the object is archived (${p.found}) and cannot be read as it is.`,
  advice: { zh: '先在对象存储中恢复它。', en: 'Restore it in the object store first.' },
})

export const changedUnderway = defineProblem<{ at: string }>('store/changed-underway', {
  zh: (p) => `${p.at}：文件在读取期间被改动。`,
  en: (p) => `${p.at}: the file was changed while it was being read.`,
  advice: {
    zh: '等来源不再变动后重新构建；已完成且未受影响的部分不会重做。',
    en: 'Build again once the source stands still; what is done and unaffected is not done again.',
  },
})

export const damagedUnderway = defineProblem<{ at: string; found: string; expected: string }>('store/damaged-underway', {
  zh: (p) => `${p.at}：传输损坏：SHA-256 应为 ${p.expected}，实为 ${p.found}。`,
  en: (p) => `${p.at}: damaged in transfer: SHA-256 should be ${p.expected} and is ${p.found}.`,
  advice: { zh: '检查网络与存储，然后重新运行。', en: 'Check network and storage, then run again.' },
})

export const placeClaimed = defineProblem<{ at: string; found: string }>('store/place-claimed', {
  zh: (p) => `${p.at}：另一次构建正在此处写入不同内容，或曾在写入时中断（${p.found}）。`,
  en: (p) => `${p.at}: another build is writing other content here, or was interrupted while it did (${p.found}).`,
  advice: {
    zh: '若没有其他构建在运行，删除括号中的文件后重新构建；否则用 --version 给出新的版本号。',
    en: 'If no other build is running, remove the file in brackets and build again; else give a new version with --version.',
  },
})

export const diskFull = defineProblem<{ at: string; found: string }>('store/disk-full', {
  zh: (p) => `${p.at}：磁盘已满（${p.found}）。`,
  en: (p) => `${p.at}: the disk is full (${p.found}).`,
  advice: {
    zh: '腾出空间或用 --out 换到别处；重新运行同一命令将从中断处继续。未写完的内容不会出现在发布中。',
    en: 'Free some space, or move elsewhere with --out; run the same command again: it goes on where it was. Nothing half-written is published.',
  },
})

export const notWritable = defineProblem<{ at: string; found: string }>('store/not-writable', {
  zh: (p) => `${p.at}：无法写入（${p.found}）。`,
  en: (p) => `${p.at}: cannot be written (${p.found}).`,
  advice: { zh: '检查权限，或用 --out 换到别处。', en: 'Check the permissions, or move elsewhere with --out.' },
})

/** Did the storage itself fail, not what is stored? Then nothing may be concluded about the file, and nothing quarantined. */
export const isStoreFailure = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.code.startsWith('store/')

const OF_ONE_FILE = new Set(['store/access-denied', 'store/archived'])

/** Is it one file that the storage does not give, while others may be read? */
export const isOfOneFile = (problem: Problem): boolean => OF_ONE_FILE.has(problem.code)
