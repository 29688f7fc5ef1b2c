export interface Words {
  noNode(root: string): string;
  notRun(program: string, why: string): string;
  usage(): string;
}
export function wordsFor(env: NodeJS.ProcessEnv): Words;
