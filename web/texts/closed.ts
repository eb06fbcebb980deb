/** In the place of a customer's data that are closed to its partner: all of them, or those of the kind that was asked for. */
export const closedTexts = {
  title: 'Not shared with your company',
  lead: 'This customer’s data are closed to your company now, or those of this kind are.',
  why: 'See why',
  ask: 'See why, and ask for consent',
}
