export { PracticeCluster, type PracticeClusterOptions } from "./cluster.ts";
export { servePractice } from "./serve.ts";
