//! The library alone: subscribes and counts, nothing else. What our own session is measured against.
//!
//! `bare_loop HOST PORT FILTER MESSAGES` ends after that many messages.

use rumqttc::{AsyncClient, Event, MqttOptions, NetworkOptions, Packet, QoS};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [host, port, filter, messages] = <[String; 4]>::try_from(std::env::args().skip(1).collect::<Vec<_>>())
        .map_err(|_| "HOST PORT FILTER MESSAGES")?;
    let messages: u64 = messages.parse()?;
    let mut options = MqttOptions::new("bare-loop", host, port.parse()?);
    options.set_max_packet_size(16 * 1024 * 1024, usize::MAX);
    let (client, mut event_loop) = AsyncClient::new(options, 10);
    let mut network = NetworkOptions::new();
    network.set_tcp_nodelay(true);
    event_loop.set_network_options(network);
    client.subscribe(filter, QoS::AtMostOnce).await?;
    let mut received = 0;
    while received < messages {
        if let Event::Incoming(Packet::Publish(_)) = event_loop.poll().await? {
            received += 1;
        }
    }
    Ok(())
}
