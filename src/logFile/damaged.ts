/** A fault of a file, not of this program; the message says in a few words what is wrong with it. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";

  constructor(message = "it is damaged") {
    super(message);
  }
}
