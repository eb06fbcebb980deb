/** Problems with what people change of their sites, a part of the catalogue (problem.ts). */
export const siteProblems = {
  'location-not-found': {
    status: 404,
    title: 'No such location',
    detail: 'This organization has no location with this id now. It may have been removed: look at the inventory again.',
  },
  'location-not-empty': {
    status: 409,
    title: 'This location is not empty',
    detail: 'Move what is in it elsewhere first: its devices and the locations below it.',
  },
  'location-reported': {
    status: 409,
    title: 'A gateway reports this location',
    detail:
      'It would come back with the gateway’s next report. Rename or move it here, or take it out of what the gateway reports.',
  },
  'location-misplaced': {
    status: 409,
    title: 'It cannot stand there',
    detail:
      'A location does not lie in itself or below itself, nor more than 10 deep; and a device that is part of another is where that one is.',
  },
} as const
