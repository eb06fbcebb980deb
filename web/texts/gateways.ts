export const gatewaysTexts = {
  title: 'Gateways',
  lead: 'A gateway is software at your site. It reads your devices and sends what it reads here; nothing connects to your site from outside.',
  add: 'Add gateway',
  table: 'Gateways',
  columns: {
    name: 'Name',
    state: 'State',
    contact: 'Last contact',
    waiting: 'Waiting',
    devices: 'Devices',
    version: 'Version',
    added: 'Added',
    actions: 'Actions',
  },
  states: { never: 'Not heard of yet', silent: 'No contact', heard: 'In contact' },
  waitingHint: 'What lies on the gateway’s disk, still to be sent, as it said itself when it was last heard of',
  nothingWaits: 'Nothing',
  noContact: 'Not yet',
  unknownVersion: '–',
  notShared: '–',
  acting: (customer: string) => `You act for ${customer}`,
  actingText:
    'Gateways that you add or remove here are this customer’s, and what you do is recorded there under your name. The customer can end this at any time.',
  anotherCompany: 'another company',
  up: 'Customers',
  empty: {
    title: 'No gateways yet',
    text: 'Add one to get a token, put the token on a machine that can reach your devices, and start the gateway there. Your devices appear here within minutes, and your trial starts with the first data.',
  },
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove the gateway “${name}”?`,
  removeText:
    'Its token is refused at once, and nothing that it sends is stored any more. This cannot be undone: a gateway added again gets a new token.',
  removeKept: 'The devices that it has reported stay, with what is known of them.',
  removeConfirm: 'Remove gateway',
  removed: (name: string) => `The gateway “${name}” is removed.`,
}

export const replaceTokenTexts = {
  button: 'Replace token',
  named: (name: string) => `Replace token of ${name}`,
  title: (name: string) => `Replace the token of “${name}”?`,
  text: 'The present token is refused at once. The gateway keeps what it reads on its disk until it is started with the new token, and sends it then: nothing is lost meanwhile.',
  confirm: 'Replace token',
  shown: {
    title: 'Copy the gateway’s new token',
    once: 'This is the only time the token is shown. The former one is refused from now on. If this one is lost, replace it again.',
    label: 'Gateway token',
    done: 'Done',
    leaveTitle: 'Close without copying?',
    leave:
      'The token has not been copied, and it cannot be shown again. Without it the gateway cannot send: you would have to replace it again.',
    back: 'Back to the token',
    leaveAnyway: 'Close anyway',
  },
  tokenFile: '1. On the gateway’s machine, put the new token into its file',
  command: '2. Start the gateway again',
}

export const addGatewayTexts = {
  title: 'Add gateway',
  name: 'Name',
  nameHint: 'Where it stands, so that you know it again: “Basel, server room 2”.',
  nameMissing: 'Give the gateway a name.',
  nameLong: 'At most 100 characters.',
  submit: 'Add gateway',
  shown: {
    title: 'Copy the gateway’s token',
    once: 'This is the only time the token is shown. If it is lost, remove the gateway and add it anew.',
    label: 'Gateway token',
    done: 'Done',
    leaveTitle: 'Close without copying?',
    leave:
      'The token has not been copied, and it cannot be shown again. Without it you would have to remove this gateway and add it anew.',
    back: 'Back to the token',
    leaveAnyway: 'Close anyway',
  },
  tokenFile: '1. On the gateway’s machine, keep the token in a file that only its user may read',
  config: '2. Write gateway.yaml beside it',
  command: '3. Start the gateway',
}
