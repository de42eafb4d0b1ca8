/** UTF-16 offsets into a line, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
