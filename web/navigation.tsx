import { Link } from '@tanstack/react-router'
import { navigationOf, paths } from './paths.ts'
import { useSession } from './session.ts'
import { portalTexts as texts } from './texts/portal.ts'
import styles from './ui/navigation.module.css'

/** The sections that the signed-in company has. */
export function Navigation() {
  const { sections, administration } = navigationOf(useSession())
  return (
    <>
      {sections.length > 0 && <Links to={sections} />}
      {administration.length > 0 && (
        <>
          <Link to={paths.administration} className={styles.group} activeProps={{ 'aria-current': undefined }}>
            {texts.administration}
          </Link>
          <Links to={administration} />
        </>
      )}
    </>
  )
}

function Links({ to }: { to: (keyof typeof texts.pages)[] }) {
  return (
    <ul className={styles.list}>
      {to.map((path) => (
        <li key={path}>
          <Link to={path} className={styles.link}>
            {texts.pages[path]}
          </Link>
        </li>
      ))}
    </ul>
  )
}
