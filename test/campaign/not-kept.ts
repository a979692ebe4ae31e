/** What the product promises of a fault and did not do: a finding, unlike a fault that this machine does not allow. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}
