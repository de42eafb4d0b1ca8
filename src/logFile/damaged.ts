/** A fault of a file, not of this program; the message says in a few words what is wrong with it. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";

  constructor(message = "it is damaged") {
    super(message);
  }
}

/** After a whole packed log come bytes that belong to none. */
export function damagedAfterEnd(): DamagedFile {
  return new DamagedFile("it is damaged after its end");
}
