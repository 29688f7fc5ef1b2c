export { PracticeCluster, type PracticeClusterOptions } from "./cluster.ts";
