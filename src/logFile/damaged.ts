/** A damaged file. The message is a few words on what is wrong with it. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";

  constructor(message = "it is damaged") {
    super(message);
  }
}

/** The error for a packed log that is followed by other bytes. */
export function damagedAfterEnd(): DamagedFile {
  return new DamagedFile("it is damaged after its end");
}
