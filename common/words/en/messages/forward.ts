/** Ports of the cluster on this computer. */
export const forward = {
  noNamedPort: "Pod {{pod}} has no port by the Service's name for it.",
  noAnswer: "Pod {{pod}} did not answer on port {{port}}.",
  portTaken: "Port {{port}} of this machine is in use by another program.",
  portUnusable: "Port {{port}} of this machine cannot be opened.",
  noPortUsable: "No port of this machine can be opened.",
  choosePort: "Choose another port, or leave it empty for a free one.",
  portForwarded: "Port {{port}} of this machine already leads to {{where}}, port {{remote}}.",
  stopThatFirst: "Stop that forward first, choose another port, or leave it empty for a free one.",
  noPods: "{{object}} selects no pods, so there is nothing behind it to forward to.",
  objectMissing: "{{object}} no longer exists.",
  noPod: "There is no pod behind it.",
  podNotReady: "Pod {{pod}} is not ready.",
} as const;
