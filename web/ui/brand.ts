import { createContext, useContext } from 'react'

/** The installation's name for the portal, for titles and the head of the navigation. */
export const Brand = createContext('Portal')

export function useBrand(): string {
  return useContext(Brand)
}
