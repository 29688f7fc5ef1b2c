export { readTable, type TableFault, type TableRule } from "./read-table.ts";
