/** What the service says about itself. */
export const identity = {
  name: 'order-command',
  version: '0.1.0',
  description: 'Commands on orders, and their history, on the write side.',
};
