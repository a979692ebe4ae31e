/** What the service says about itself. */
export const identity = {
  name: 'console',
  version: '0.1.0',
  description:
    'Shows how the pipeline does, follows orders through it, and lets a person act on projections and parked orders.',
};
