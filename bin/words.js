// What bin/run.js itself has to say, in English and Korean. It can't use common/words: that is TypeScript, and here there
// may be no Node yet that reads it.

const english = {
  noNode: (root) => `Flowdeck: run \`npm ci\` in ${root} first (it brings the Node it runs on).`,
  notRun: (program, why) => `Flowdeck: ${program} could not be run: ${why}`,
  usage: () => "Usage: node bin/run.js FILE.ts [ARGUMENT…]",
};

const korean = {
  noNode: (root) =>
    `Flowdeck: 먼저 ${root} 폴더에서 \`npm ci\` 명령을 실행하세요(Flowdeck에 필요한 Node가 설치됩니다).`,
  notRun: (program, why) => `Flowdeck: ${program} 파일을 실행할 수 없습니다: ${why}`,
  usage: () => "사용법: node bin/run.js FILE.ts [ARGUMENT…]",
};

/** By the same rule as electron/app/language.ts. */
export function wordsFor({ LC_ALL, LC_MESSAGES, LANG }) {
  return /^ko(?![a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || "") ? korean : english;
}
