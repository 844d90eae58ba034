//! A network cable on loopback: everything goes through it until a test cuts it or holds it.

use anyhow::Result;
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cable {
    /// What comes goes on.
    Whole,
    /// Connections end, and new ones end at once.
    Cut,
    /// Nothing goes on and nothing ends, as behind a router that lost its line; what was under way comes later.
    Held,
}

/// A listener that leads to one port. Dropping it ends it with its connections.
#[derive(Debug)]
pub struct CableEnd {
    pub port: u16,
    state: watch::Sender<Cable>,
    task: JoinHandle<()>,
}

impl CableEnd {
    pub async fn to(port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let own = listener.local_addr()?.port();
        let (state, seen) = watch::channel(Cable::Whole);
        let task = tokio::spawn(async move {
            let mut visitors = JoinSet::new();
            while let Ok((visitor, _)) = listener.accept().await {
                while visitors.try_join_next().is_some() {}
                visitors.spawn(connect(visitor, port, seen.clone()));
            }
        });
        Ok(Self { port: own, state, task })
    }

    pub fn set(&self, state: Cable) {
        self.state.send_replace(state);
    }
}

impl Drop for CableEnd {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connect(visitor: TcpStream, port: u16, mut state: watch::Receiver<Cable>) {
    if *state.borrow() == Cable::Cut {
        return;
    }
    let Ok(broker) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
    let ((mut from, mut to), (mut back_from, mut back_to)) = (visitor.into_split(), broker.into_split());
    let (there, back) = (state.clone(), state.clone());
    tokio::select! {
        () = forward(&mut from, &mut back_to, there) => {}
        () = forward(&mut back_from, &mut to, back) => {}
        _ = state.wait_for(|state| *state == Cable::Cut) => {}
    }
}

/// One direction, until either side ends.
async fn forward(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    mut state: watch::Receiver<Cable>,
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let Ok(count @ 1..) = from.read(&mut bytes).await else { return };
        if state.wait_for(|state| *state != Cable::Held).await.is_err() || to.write_all(&bytes[..count]).await.is_err()
        {
            return;
        }
    }
}
