export const logsContract = {};
