import { defineProblem } from '../problem/index.ts'

export const homeTaken = defineProblem<{ at: string }>('database/home-taken', {
  zh: (p) => `${p.at}：另一个 Highgrade 服务正在使用这个文件夹。`,
  en: (p) => `${p.at}: another Highgrade server is using this folder.`,
  advice: {
    zh: '先停止那个服务，或用 HIGHGRADE_HOME 指定另一个文件夹；多个进程共用时请设置 DATABASE_URL。',
    en: 'Stop that server, or name another folder by HIGHGRADE_HOME; for several processes set DATABASE_URL.',
  },
})

export const noBinaries = defineProblem<{ at: string }>('database/no-binaries', {
  zh: (p) => `没有适用于 ${p.at} 的内置 PostgreSQL。`,
  en: (p) => `There is no embedded PostgreSQL for ${p.at}.`,
  advice: {
    zh: '运行 npm ci（不要加 --omit=optional），或设置 DATABASE_URL 指向 PostgreSQL 15 以上。',
    en: 'Run npm ci (without --omit=optional), or set DATABASE_URL to a PostgreSQL 15 or later.',
  },
})

export const noUser = defineProblem<{ at: string }>('database/no-user', {
  zh: (p) => `${p.at}：以 root 运行时 PostgreSQL 需要一个普通用户，但没有 postgres 或 nobody。`,
  en: (p) => `${p.at}: run as root, PostgreSQL needs an ordinary user, and there is neither postgres nor nobody.`,
  advice: { zh: '以普通用户启动，或设置 DATABASE_URL。', en: 'Start as an ordinary user, or set DATABASE_URL.' },
})

export const serverFailed = defineProblem<{ at: string; found: string }>('database/server-failed', {
  zh: (p) => `${p.at}：内置 PostgreSQL 没有启动：${p.found}`,
  en: (p) => `${p.at}: the embedded PostgreSQL did not start: ${p.found}`,
  advice: {
    zh: '查看同一文件夹中的 postgres.log；检查磁盘空间与权限。',
    en: 'See postgres.log in that folder; check disk space and permissions.',
  },
})

export const databaseUnreachable = defineProblem<{ at: string; found: string }>('database/unreachable', {
  zh: (p) => `${p.at}：数据库没有应答（${p.found}）。`,
  en: (p) => `${p.at}: the database does not answer (${p.found}).`,
  advice: { zh: '检查 DATABASE_URL 与网络，稍后重试。', en: 'Check DATABASE_URL and the network, and try again.' },
})

export const migrationChanged = defineProblem<{ at: string }>('database/migration-changed', {
  zh: (p) => `数据库已应用过 ${p.at} 的另一个版本。`,
  en: (p) => `The database has applied another version of ${p.at}.`,
  advice: {
    zh: '数据库来自更新的或改动过的程序：请用那个版本启动，或从备份恢复。',
    en: 'The database is of a newer or changed program: start that version, or restore a backup.',
  },
})
