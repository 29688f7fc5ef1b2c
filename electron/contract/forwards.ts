export const forwardsContract = {};
