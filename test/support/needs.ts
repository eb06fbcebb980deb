import { debianPackages, ensurePackage } from './debian.ts'

// Before a run of the tests: gets what npm does not bring, and says what it could not get. The tests that need it say so again.
for (const name of debianPackages) {
  const missing = ensurePackage(name)
  if (missing !== null) console.error(missing)
}
