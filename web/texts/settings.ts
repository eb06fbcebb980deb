export const settingsTexts = {
  title: 'Settings',
  lead: 'What holds for every company. A change holds for invitations and trials that are made from now on.',
  invitationDays: 'Days that an invitation is good',
  invitationDaysHint: '1 to 30. Afterwards its link is refused, and it can be sent again.',
  trialDays: 'Days of a trial',
  trialDaysHint: '1 to 365, from the first data of a customer’s first gateway.',
  accessDays: 'Days that the access history is kept',
  accessDaysHint: '30 to 3650. Who read customers’ data, and when, is deleted afterwards.',
  daysWrong: (max: number, min = 1) => `Enter a whole number from ${min} to ${max}.`,
  approval: 'Invitations need an administrator’s approval',
  approvalHint:
    'What a member who is no administrator invites is mailed only when an administrator of the same company has approved it.',
  saved: 'The settings are saved.',
}
