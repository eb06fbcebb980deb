/**
 * The invitation's secret while one signs in to accept it: kept in this tab alone, since an address that named it would be sent to the server
 * when the page is loaded anew.
 */
const name = 'assent.invitation'

export function keepInvitation(token: string): void {
  sessionStorage.setItem(name, token)
}

/** Empty: none is kept. */
export function keptInvitation(): string {
  return sessionStorage.getItem(name) ?? ''
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(name)
}
