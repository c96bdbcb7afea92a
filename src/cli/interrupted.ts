/** The user pressed Ctrl-C at a question: nothing more is done, and the run ends as any interrupted one does. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
