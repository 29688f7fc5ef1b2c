export const accessContract = {};
