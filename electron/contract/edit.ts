export const editContract = {};
