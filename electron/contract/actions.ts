export const actionsContract = {};
