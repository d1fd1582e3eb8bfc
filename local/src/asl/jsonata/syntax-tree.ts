/** What is looked at of jsonata's syntax tree. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly procedure?: Node;
  readonly steps?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  /** A pair of names and values in the list of an object constructor; elsewhere the left operand. */
  readonly lhs?: Node | ReadonlyArray<readonly Node[]>;
  readonly rhs?: Node;
}
