//! Reading and checking shared access signatures, from the SAS page.

use super::is_our_host;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use sha2::Sha256;

/// A token as a device sent it; nothing is checked yet.
pub(crate) struct Sas<'a> {
    /// As sent: this text is what was signed.
    encoded_resource: &'a str,
    resource: String,
    signature: Vec<u8>,
    /// As sent, for the signature.
    expiry_text: &'a str,
    /// Unix seconds.
    pub expiry: i64,
    /// The shared access policy that signed; None: the identity's own key.
    pub policy: Option<String>,
}

impl<'a> Sas<'a> {
    /// `SharedAccessSignature sr=…&sig=…&se=…[&skn=…]`, fields in any order. None for anything else.
    pub fn read(token: &'a str) -> Option<Self> {
        let (mut resource, mut signature, mut expiry, mut policy) = (None, None, None, None);
        for field in token.strip_prefix("SharedAccessSignature ")?.split('&') {
            let (name, value) = field.split_once('=')?;
            let place = match name {
                "sr" => &mut resource,
                "sig" => &mut signature,
                "se" => &mut expiry,
                "skn" => &mut policy,
                _ => return None,
            };
            if place.replace(value).is_some() {
                return None;
            }
        }
        let (encoded_resource, expiry_text) = (resource?, expiry?);
        Some(Self {
            encoded_resource,
            resource: decode(encoded_resource)?,
            signature: STANDARD.decode(decode(signature?)?).ok()?,
            expiry_text,
            expiry: expiry_text.parse().ok()?,
            policy: policy.and_then(decode).filter(|name| !name.is_empty()),
        })
    }

    /// HMAC-SHA256 over the resource as sent, a newline and the expiry; compared in constant time.
    pub fn is_signed_with(&self, key: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
        mac.update(self.encoded_resource.as_bytes());
        mac.update(b"\n");
        mac.update(self.expiry_text.as_bytes());
        mac.verify_slice(&self.signature).is_ok()
    }

    /// Whether the resource is exactly this identity's: what its own keys may sign.
    pub fn opens(&self, id: &str) -> bool {
        self.path().is_some_and(|path| path.eq_ignore_ascii_case(&resource_path(id)))
    }

    /// Whether the resource is this identity's or above it, segment by segment: what a policy may sign.
    pub fn covers(&self, id: &str) -> bool {
        let Some(path) = self.path() else { return false };
        let target = resource_path(id);
        let mut target = target.split('/');
        path.is_empty() || path.split('/').all(|part| target.next().is_some_and(|own| own.eq_ignore_ascii_case(part)))
    }

    /// What follows the host name, if that is ours.
    fn path(&self) -> Option<&str> {
        let (host, path) = self.resource.split_once('/').unwrap_or((&self.resource, ""));
        is_our_host(host).then_some(path)
    }
}

/// `devices/{id}` or `devices/{id}/modules/{mid}`. Case is not compared: the SAS page writes the resource in lower
/// case, SDKs keep the id's own, and both work.
fn resource_path(id: &str) -> String {
    format!("devices/{}", id.replace('/', "/modules/"))
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by azure-iot-device 2.14.0; the last by azure-iot-hub 2.7.0, which leaves `/` as it is.
    const TOKENS: [(&str, &str, Option<&str>, &str); 5] = [
        (
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "contoso.azure-devices.net/devices/MyDevice01",
            None,
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01\
             &sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=1800000000",
        ),
        (
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "contoso.azure-devices.net/devices/a-b.c+d%e_f#g*h?i!j(k)l,m=n@o$p'q",
            None,
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2Fa-b.c%2Bd%25e_f%23g%2Ah%3Fi%21j%28k%29l%2Cm\
             %3Dn%40o%24p%27q&sig=fW8Hxx5%2BRpJLmXNGi9IYlaeaPOiRU6uQO9HWkMNAuro%3D&se=1800000000",
        ),
        (
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "contoso.azure-devices.net/devices/MyDevice01/modules/mod1",
            None,
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01%2Fmodules%2Fmod1\
             &sig=gWxb4n%2BPQ0GGcwomkOhsv93SP%2Bt4BExka2k16MI0ric%3D&se=1800000000",
        ),
        (
            "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==",
            "contoso.azure-devices.net/devices/MyDevice01",
            Some("device"),
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01\
             &sig=Sg54BTqRz9vURWpgerReudJ630GOBecBEsGB%2FGGHwIw%3D&se=1800000000&skn=device",
        ),
        (
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "contoso.azure-devices.net/devices/MyDevice01",
            None,
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01\
             &sig=/8FluI0vPTWy62CPERK/4zi7ST0eWEY13u6QnngfSho%3D&se=1800000000",
        ),
    ];

    #[test]
    fn tokens_of_the_vendors_sdks_are_read_and_their_signatures_hold() {
        for (key, resource, policy, token) in TOKENS {
            let (key, sas) = (STANDARD.decode(key).unwrap(), Sas::read(token).unwrap());
            assert_eq!((sas.resource.as_str(), sas.expiry, sas.policy.as_deref()), (resource, 1_800_000_000, policy));
            assert!(sas.is_signed_with(&key), "{token}");
            assert!(!sas.is_signed_with(&key[1..]), "{token}");
            // Another hub's token opens nothing here.
            assert!(!sas.opens("MyDevice01") && !sas.covers("MyDevice01"));
        }
    }

    #[test]
    fn what_is_no_token_is_not_read() {
        let good = TOKENS[0].3;
        for wrong in ["", "SharedAccessSignature", "sharedaccesssignature sr=a&sig=YQ%3D%3D&se=1"] {
            assert!(Sas::read(wrong).is_none(), "{wrong}");
        }
        for more in ["&se=1", "&x=1", "&skn", "&"] {
            assert!(Sas::read(&format!("{good}{more}")).is_none(), "{more}");
        }
        assert!(Sas::read(&good.replace("1800000000", "soon")).is_none());
    }
}
