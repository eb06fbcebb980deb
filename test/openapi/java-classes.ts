import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { OpenApiDocument } from '../support/device-data-document.ts'

const run = promisify(execFile)
const timeoutMs = 120_000

/** The generator's jar. It carries Jackson and the annotations that the classes import, so it is the class path too. */
const jar = fileURLToPath(
  new URL('../../node_modules/@openapitools/openapi-generator-cli/bin/openapi-generator.jar', import.meta.url),
)

/** Java sources of the document's schemas, by class name, and the directory that holds them in `sources`. */
export interface JavaClasses {
  directory: string
  sources: Map<string, string>
}

/** Generates the classes with the options of the reference's clients, in a new temporary directory. Needs `java`, 11 or later. */
export async function generateJavaClasses(document: OpenApiDocument): Promise<JavaClasses> {
  const directory = await mkdtemp(join(tmpdir(), 'assent-java-'))
  const input = join(directory, 'openapi.json')
  await writeFile(input, JSON.stringify(document))
  const options = ['-p', 'dateLibrary=java8,openApiNullable=false', '--model-package', 'generated.dto']
  const only = ['--global-property', 'models,modelDocs=false,modelTests=false']
  const generate = ['generate', '-i', input, '-g', 'java', '--library', 'resteasy', '-o', directory, ...options, ...only]
  await run('java', ['-Dfile.encoding=UTF-8', '-jar', jar, ...generate], { timeout: timeoutMs })

  const folder = join(directory, 'src/main/java/generated/dto')
  const sources = new Map<string, string>()
  for (const file of await readdir(folder)) {
    const source = await readFile(join(folder, file), 'utf8')
    // The one annotation that is not in the jar: a note for readers, without a meaning for the class.
    const compilable = source.replace(/^@javax\.annotation\.Generated\(.*\)$/m, '')
    await writeFile(join(folder, file), compilable)
    sources.set(file.replace(/\.java$/, ''), source)
  }
  return { directory, sources }
}

/** Compiles the classes together with ReadsAnswers.java. Needs `javac`, 11 or later; throws with its messages. */
export async function compileJavaClasses({ directory, sources }: JavaClasses): Promise<void> {
  const files = [...sources.keys()].map((name) => join(directory, 'src/main/java/generated/dto', `${name}.java`))
  const reader = fileURLToPath(new URL('ReadsAnswers.java', import.meta.url))
  await run('javac', ['-encoding', 'UTF-8', '-proc:none', '-cp', jar, '-d', join(directory, 'classes'), ...files, reader], {
    timeout: timeoutMs,
  })
}

/** What each answer became when it was read into the class of that name, and what it is when written again. */
export async function readInJava(
  { directory }: JavaClasses,
  answers: [className: string, answer: unknown][],
): Promise<[className: string, answer: unknown][]> {
  const file = join(directory, 'answers.txt')
  await writeFile(file, answers.map(([name, answer]) => `${name} ${JSON.stringify(answer)}\n`).join(''))
  const classPath = [join(directory, 'classes'), jar].join(process.platform === 'win32' ? ';' : ':')
  const { stdout } = await run('java', ['-Dfile.encoding=UTF-8', '-cp', classPath, 'ReadsAnswers', file], { timeout: timeoutMs })
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [name = ''] = line.split(' ', 1)
      return [name, JSON.parse(line.slice(name.length)) as unknown]
    })
}
