//! Proxies on loopback that remember what they were asked for: HTTP CONNECT (RFC 9110 section 9.3.6) and SOCKS5 (RFC 1928,
//! RFC 1929). Whatever name is asked for, they connect to one port of this machine.

use crate::within;
use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Http,
    Socks5,
}

/// A running proxy; dropping it ends it.
#[derive(Debug)]
pub struct Proxy {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// `login`: who is let through, `user:password`; None: everyone. `port`: where every connection goes.
    pub async fn start(kind: Kind, login: Option<&str>, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (memory, login) = (asked.clone(), login.map(str::to_owned));
        let own = listener.local_addr()?.port();
        let task = tokio::spawn(async move {
            let mut visitors = tokio::task::JoinSet::new();
            while let Ok((visitor, _)) = listener.accept().await {
                let (memory, login) = (memory.clone(), login.clone());
                visitors.spawn(async move {
                    let served = match kind {
                        Kind::Http => http(visitor, login, port, &memory).await,
                        Kind::Socks5 => socks(visitor, login, port, &memory).await,
                    };
                    // A client that is turned away or leaves is the test's business.
                    drop(served);
                });
            }
        });
        Ok(Self { port: own, asked, task })
    }

    /// Everything that it was asked to connect to, as `host:port`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Memory = Arc<Mutex<Vec<String>>>;

async fn http(mut visitor: TcpStream, login: Option<String>, port: u16, asked: &Memory) -> Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(within("a request", visitor.read_u8()).await?);
    }
    let head = String::from_utf8(head)?;
    let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).context("no CONNECT")?;
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(target.to_owned());
    if let Some(login) = login {
        let wanted = format!("Basic {}", STANDARD.encode(login));
        let mut fields = head.lines().filter_map(|line| line.split_once(": "));
        if !fields.any(|(name, value)| name.eq_ignore_ascii_case("Proxy-Authorization") && value == wanted) {
            visitor.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await?;
            bail!("not let through");
        }
    }
    let mut broker = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    visitor.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    copy_bidirectional(&mut visitor, &mut broker).await?;
    Ok(())
}

async fn socks(mut visitor: TcpStream, login: Option<String>, port: u16, asked: &Memory) -> Result<()> {
    ensure!(visitor.read_u8().await? == 5, "not SOCKS5");
    let methods = sized(&mut visitor).await?;
    let method = if login.is_some() { 2 } else { 0 };
    if !methods.contains(&method) {
        visitor.write_all(&[5, 0xFF]).await?;
        bail!("no method in common");
    }
    visitor.write_all(&[5, method]).await?;
    if let Some(login) = login {
        ensure!(visitor.read_u8().await? == 1, "not RFC 1929");
        let (user, password) = (sized(&mut visitor).await?, sized(&mut visitor).await?);
        let is_right = [user, password].join(&b':') == login.as_bytes();
        visitor.write_all(&[1, u8::from(!is_right)]).await?;
        ensure!(is_right, "wrong password");
    }
    let mut request = [0; 4];
    visitor.read_exact(&mut request).await?;
    ensure!(request[..3] == [5, 1, 0], "not CONNECT");
    let host = match request[3] {
        1 => Ipv4Addr::from(visitor.read_u32().await?).to_string(),
        3 => String::from_utf8(sized(&mut visitor).await?)?,
        _ => Ipv6Addr::from(visitor.read_u128().await?).to_string(),
    };
    let target = format!("{host}:{}", visitor.read_u16().await?);
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(target);
    let broker = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await;
    // 5: connection refused (RFC 1928 section 6).
    let reply = if broker.is_ok() { 0 } else { 5 };
    visitor.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    copy_bidirectional(&mut visitor, &mut broker?).await?;
    Ok(())
}

/// Bytes after one that says how many.
async fn sized(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut bytes = vec![0; stream.read_u8().await?.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}
