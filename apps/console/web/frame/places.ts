/** The pages one goes to from anywhere, in the order of the navigation. */
export const places = [
  { href: '/', name: 'Pipeline' },
  { href: '/try', name: 'Try it' },
  { href: '/orders', name: 'Orders' },
  { href: '/projections', name: 'Projections' },
  { href: '/parked', name: 'Parked orders' },
  { href: '/schemas', name: 'Schemas' },
  { href: '/time-machine', name: 'Time machine' },
  { href: '/restaurants', name: 'Restaurants' },
] as const;
