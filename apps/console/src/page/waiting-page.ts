/** Shown until the page is built; it asks again by itself. */
export const waitingPage = (why: string): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta http-equiv="refresh" content="1" />
  <title>Orderline console</title>
  <p>${why}</p>
</html>
`;
