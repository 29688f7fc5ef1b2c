/** Where something stands in a KfDef's text; both counted from 1. */
export interface KfDefPlace {
  line: number;
  column: number;
}
