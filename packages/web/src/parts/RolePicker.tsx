import { type ProjectRole, projectRoles } from '@kasauti/core'
import { MultiSelect } from '@mantine/core'
import { useT } from '../platform/i18n/index.ts'

type RolePickerProps = {
  readonly label: string
  readonly value: readonly ProjectRole[]
  readonly onChange: (roles: ProjectRole[]) => void
  readonly naming?: 'shown' | 'spoken'
}

/** Roles of a person in a project; at least one. */
export function RolePicker({ label, value, onChange, naming = 'shown' }: RolePickerProps) {
  const t = useT()
  const options = projectRoles.map((role) => ({ value: role, label: t(`parts.role.${role}`) }))
  return (
    <MultiSelect
      {...(naming === 'shown' ? { label } : { 'aria-label': label })}
      size="xs"
      data={options}
      value={[...value]}
      onChange={(roles) => onChange(projectRoles.filter((role) => roles.includes(role)))}
      renderOption={({ option }) => (
        <span>
          {option.label} <span className="sub small">{t(`parts.roleHelp.${option.value}`)}</span>
        </span>
      )}
      hidePickedOptions={false}
    />
  )
}
