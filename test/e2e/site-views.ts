import { click, openAlarm, openDevice, type View } from './views.ts'

/** A customer's pages about its sites. */
export const siteViews: View[] = [
  { name: 'overview', who: 'valid', path: '/overview' },
  { name: 'inventory', who: 'valid', path: '/inventory' },
  { name: 'sensors', who: 'valid', path: '/sensors' },
  { name: 'new-location', who: 'valid', path: '/inventory', open: click('New location') },
  { name: 'device', who: 'valid', path: '/inventory', open: openDevice },
  { name: 'alarms', who: 'valid', path: '/alarms' },
  {
    name: 'acknowledge',
    who: 'valid',
    path: '/alarms',
    open: async (page) => {
      await page
        .getByRole('button', { name: /^Acknowledge / })
        .first()
        .click()
      await page.getByRole('textbox', { name: 'Note' }).waitFor()
    },
  },
  { name: 'alarm', who: 'valid', path: '/alarms', open: openAlarm },
  {
    name: 'palette',
    who: 'valid',
    path: '/overview',
    open: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search and commands' }).fill('ups')
      await page.getByRole('option').first().waitFor()
    },
  },
]
