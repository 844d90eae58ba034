//! As many clients as the sandbox takes, and one more.

use crate::{mqttjs, plain, quiet, token};
use anyhow::Result;
use serde_json::json;

#[tokio::test]
async fn clients_256_talk_and_one_more_is_told_that_the_hub_is_busy() -> Result<()> {
    let sandbox = quiet().await?;
    let user_name = token(&sandbox, "thermo-a");
    for (url, version, busy) in [(format!("mqtt://{}", plain(&sandbox)), 4, 3), (sandbox.ws().unwrap(), 5, 0x89)] {
        let argument = json!({"url": url, "version": version, "user_name": user_name, "clients": 256});
        let said = mqttjs::script("many", &argument).await?;
        assert_eq!(said[0], json!({"what": "heard", "of": 256}));
        assert_eq!(said[1], json!({"what": "refused", "code": busy}));
        assert_eq!(said[2], json!({"what": "end"}));
        // A place is free when the hub has seen the goodbye, which the client does not wait for.
        while sandbox.counters().clients > 0 {
            tokio::task::yield_now().await;
        }
    }
    sandbox.stop().await;
    Ok(())
}
