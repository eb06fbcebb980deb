import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { companyDataTexts as texts } from '../../texts/data.ts'
import { FormProblem } from '../../ui/dialog.tsx'

/** Downloads the company's data. The browser loads the file by itself, which may be long; so the confirmation that it needs is got before. */
export function DownloadExport() {
  const download = useMutation({
    mutationFn: () => answer(api.GET('/api/v1/session/confirmation')),
    onSuccess: () => {
      const link = document.createElement('a')
      link.href = '/api/v1/company/export'
      link.download = ''
      link.click()
    },
  })
  return (
    <>
      <div>
        <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
          {texts.export.button}
        </Button>
      </div>
      <FormProblem problem={download.error ? problemText(download.error) : undefined} />
    </>
  )
}
