/** Ports of the cluster on this computer. */
export const forward = {
  noNamedPort: "Pod {{pod}} has no port with the name that the Service uses.",
  noAnswer: "Pod {{pod}} did not respond on port {{port}}.",
  portTaken: "Port {{port}} on this computer is in use by another program.",
  portUnusable: "Port {{port}} on this computer can't be opened.",
  noPortUsable: "No port on this computer can be opened.",
  choosePort: "Choose another port, or leave it empty for a free one.",
  portForwarded: "Port {{port}} on this computer is already forwarded to {{where}}, port {{remote}}.",
  stopThatFirst: "Stop that port forward first, choose another port, or leave it empty for a free one.",
  noPods: "{{object}} selects no pods, so there is nothing to forward to.",
  objectMissing: "{{object}} no longer exists.",
  noPod: "It has no pod to forward to.",
  podNotReady: "Pod {{pod}} is not ready.",
} as const;
