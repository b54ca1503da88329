import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Code } from './Figures.tsx';
import classes from './AuthenticatorKey.module.css';

/** A second factor's key to add to an authenticator app: as a picture to scan, and as text to type. */
export function AuthenticatorKey({ qrCode, secret }: { qrCode: string; secret: string }) {
  return (
    <div className={classes.key}>
      <img src={pictureOf(qrCode)} alt={t`QR code for the authenticator app`} width={168} height={168} />
      <p>
        <Trans>
          Can’t scan? Type this key: <Code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</Code>
        </Trans>
      </p>
    </div>
  );
}

/**
 * The picture as a valid address. Supabase's client puts the SVG behind `data:` as it is; the first `#` of a colour
 * would end the address there.
 */
export function pictureOf(qrCode: string): string {
  const [, svg] = /^data:image\/svg\+xml;utf-8,(.*)$/s.exec(qrCode) ?? [];
  return svg === undefined ? qrCode : `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
