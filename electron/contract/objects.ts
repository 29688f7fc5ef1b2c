export const objectsContract = {};
