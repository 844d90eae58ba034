//! What is handed to the library's MQTT 5 event loop.

use super::packets;
use crate::Publish;
use crate::aliases::Outbound;
use crate::link::Requests;
use crate::outbox::Outgoing;
use crate::subscriptions::Ask;
use rumqttc::v5::AsyncClient;
use std::sync::Arc;

pub(crate) struct Client {
    client: AsyncClient,
    /// None: every publish names its topic.
    aliases: Option<Arc<Outbound>>,
}

impl Client {
    pub fn new(client: AsyncClient, aliases: Option<Arc<Outbound>>) -> Self {
        Self { client, aliases }
    }
}

/// Sending fails only when the event loop is gone, and then its end is already being dealt with.
impl Requests for Client {
    async fn ask(&self, ask: Ask) {
        let _gone = match ask {
            Ask::Subscribe { filter, subscription } => {
                let (filter, properties) = packets::subscribe(filter, subscription);
                self.client.subscribe_many_with_properties([filter], properties).await
            }
            Ask::Unsubscribe { filter } => self.client.unsubscribe(filter).await,
        };
    }

    /// Requests are written in the order in which they are handed over, so the server knows an alias from here on.
    async fn publish(&self, outgoing: Outgoing) {
        let Publish { mut topic, payload, qos, retain, properties } = outgoing.message;
        let alias = self.aliases.as_ref().and_then(|aliases| aliases.alias(&topic));
        if let Some((_, true)) = alias {
            topic.clear();
        }
        let level = packets::level(qos);
        let _gone = match packets::publish_properties(properties, alias.map(|(alias, _)| alias)) {
            None => self.client.publish_bytes(topic, level, retain, payload).await,
            Some(properties) => {
                self.client.publish_bytes_with_properties(topic, level, retain, payload, properties).await
            }
        };
    }

    async fn disconnect(&self) {
        let _gone = self.client.disconnect().await;
    }
}
