export function Forwards() {
  return null;
}
