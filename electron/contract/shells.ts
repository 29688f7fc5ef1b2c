export const shellsContract = {};
