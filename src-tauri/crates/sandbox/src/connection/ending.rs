//! How a connection ends, and its last bytes.

use crate::limits::Limits;
use bytes::BytesMut;
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// Why a connection ends.
pub(super) enum End {
    /// The peer closed or the network failed: nothing can be sent.
    Gone,
    /// What is in the output is all there is to say.
    Said,
    /// The client disconnected, with or without its will.
    Goodbye {
        with_will: bool,
    },
    Reason(DisconnectReasonCode),
}

/// Sends the last bytes and closes in a way that lets them arrive: a socket closed with unread input is reset, and
/// the peer may lose what was sent. Takes at most [`Limits::farewell`].
pub(super) async fn farewell(
    mut reader: impl AsyncRead + Unpin,
    mut writer: impl AsyncWrite + Unpin,
    mut output: BytesMut,
    limits: &Limits,
) {
    let polite = async {
        writer.write_all_buf(&mut output).await?;
        writer.shutdown().await?;
        tokio::io::copy(&mut reader, &mut tokio::io::sink()).await
    };
    if let Ok(Err(error)) = timeout(limits.farewell, polite).await {
        tracing::debug!(%error, "a sandbox client was gone before the last word");
    }
}
