/** In the place of a customer's data that its partner does not see: whether they are closed to it, or not there, looks the same. */
export const closedTexts = {
  title: 'Not shared with your company',
  lead: 'This customer’s data are closed to your company now, or there is nothing at this address.',
  why: 'See why, and ask for consent',
}
