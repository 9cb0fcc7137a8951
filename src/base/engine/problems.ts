import { defineProblem } from '../problem/index.ts'

export const workerOutOfMemory = defineProblem<{ at: string; found: number }>('engine/worker-out-of-memory', {
  zh: (p) => `${p.at}：单独运行时 ${p.found} MiB 内存仍不够。`,
  en: (p) => `${p.at}: ${p.found} MiB of memory were not enough, even with nothing else running.`,
  advice: {
    zh: '用 --memory 给出更多内存，或把这一步的大文件分成几个；再次运行会从中断处继续。',
    en: 'Give more by --memory, or cut the large file of this step into several; run again to go on where it was.',
  },
})

export const workerLost = defineProblem<{ at: string }>('engine/worker-lost', {
  zh: (p) => `${p.at}：执行它的线程两次中途消失。`,
  en: (p) => `${p.at}: the thread that ran it was lost twice.`,
  advice: {
    zh: '多半是某个文件使本机程序崩溃：用 highgrade inspect 找出并移走它；再次运行会从中断处继续。',
    en: 'Most likely a file brings a native part down: find it by highgrade inspect and take it out; run again to go on where it was.',
  },
})

export const sparkMissing = defineProblem<{ at: string }>('engine/spark-missing', {
  zh: (p) => `本机（驱动端）没有找到 Apache Spark（查找位置：${p.at}）。`,
  en: (p) => `Apache Spark was not found on this machine, the driver (looked at ${p.at}).`,
  advice: {
    zh: '设置 SPARK_HOME，或用 `pip install pyspark` 安装 3.5 或 4.x 并把它的 bin 放进 PATH。',
    en: 'Set SPARK_HOME, or install 3.5 or 4.x by `pip install pyspark` and put its bin folder on PATH.',
  },
})

export const javaMissing = defineProblem<{ found: string }>('engine/java-missing', {
  zh: (p) => `本机（驱动端）没有可用的 Java：${p.found}`,
  en: (p) => `There is no Java that Spark can use on this machine, the driver: ${p.found}`,
  advice: {
    zh: '安装 Java 17（例如 `apt-get install openjdk-17-jre-headless`）并设置 JAVA_HOME。',
    en: 'Install Java 17 (e.g. `apt-get install openjdk-17-jre-headless`) and set JAVA_HOME.',
  },
})

export const pythonMissing = defineProblem<{ at: string; found: string }>('engine/python-missing', {
  zh: (p) => `本机（驱动端）无法运行 ${p.at}：${p.found}`,
  en: (p) => `${p.at} cannot be run on this machine, the driver: ${p.found}`,
  advice: {
    zh: '安装 Python 3（执行端不需要），或用 PYSPARK_DRIVER_PYTHON 指明其路径。',
    en: 'Install Python 3 (executors need none), or name it by PYSPARK_DRIVER_PYTHON.',
  },
})

export const sparkNotStarted = defineProblem<{ at: string; found: string; log: string }>('engine/spark-not-started', {
  zh: (p) => `Spark 没有在 ${p.at} 上启动：${p.found}（日志：${p.log}）`,
  en: (p) => `Spark did not start on ${p.at}: ${p.found} (log: ${p.log})`,
  advice: {
    zh: '检查 --master 与 --spark-conf。',
    en: 'Check --master and --spark-conf.',
  },
})

export const sparkEnded = defineProblem<{ at: string; found: string }>('engine/spark-ended', {
  zh: (p) => `Spark 应用在 ${p.at} 中途结束：${p.found}`,
  en: (p) => `The Spark application ended during ${p.at}: ${p.found}`,
  advice: {
    zh: '查看工作区的 spark/spark.log，然后重新运行：已完成的单元不会重做。',
    en: 'See spark/spark.log in the workspace, then run again: units that are done are not made again.',
  },
})

export const stageFailed = defineProblem<{ at: string; found: string }>('engine/spark-stage-failed', {
  zh: (p) => `Spark 上的阶段 ${p.at} 失败：${p.found}`,
  en: (p) => `Stage ${p.at} failed on Spark: ${p.found}`,
  advice: {
    zh: '查看工作区的 spark/spark.log；内存不足时提高 spark.executor.memoryOverhead 或减少 spark.executor.cores。',
    en: 'See spark/spark.log in the workspace; where memory ran out, raise spark.executor.memoryOverhead or lower spark.executor.cores.',
  },
})

export const executorNodeMissing = defineProblem<{ at: string; found: string; expected: string }>('engine/executor-node-missing', {
  zh: (p) => `执行端 ${p.at} 上没有可用的 Node.js（找到：${p.found}，需要 ${p.expected}）。`,
  en: (p) => `Executor ${p.at} has no Node.js that fits (found ${p.found}, expected ${p.expected}).`,
  advice: {
    zh: '在每个执行端安装 Node.js 20，或用 --spark-node 指明其路径。',
    en: 'Install Node.js 20 on every executor, or name its path by --spark-node.',
  },
})

export const executorPackageMissing = defineProblem<{ at: string; expected: string }>('engine/executor-package-missing', {
  zh: (p) => `执行端 ${p.at} 上没有 ${p.expected}。`,
  en: (p) => `Executor ${p.at} does not see ${p.expected}.`,
  advice: {
    zh: '用 --spark-ship 把 Highgrade 发送到执行端，或把它装在所有机器的同一路径下。',
    en: 'Send Highgrade to the executors by --spark-ship, or install it under the same path on all machines.',
  },
})

export const workspaceNotShared = defineProblem<{ at: string; expected: string }>('engine/workspace-not-shared', {
  zh: (p) => `执行端 ${p.at} 看不到工作区 ${p.expected}。`,
  en: (p) => `Executor ${p.at} does not see the workspace ${p.expected}.`,
  advice: {
    zh: '把 --out 放在所有机器共享的路径上。',
    en: 'Put --out on a path that all machines share.',
  },
})
